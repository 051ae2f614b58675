import type { FileSource } from './history-file.ts';

/** A request body and the headers that it needs. */
export interface MultipartBody {
  readonly body: BodyInit;
  readonly headers: Record<string, string>;
}

/**
 * An upload as https://github.com/jaydenseric/graphql-multipart-request-spec has it. A Blob is sent as the runtime streams
 * blobs; any other source is sent as it comes, so that the file is never in memory as a whole.
 */
export function multipartBody(operations: string, fileVariable: string, file: FileSource, name: string): MultipartBody {
  const map = JSON.stringify({ file: [`variables.${fileVariable}`] });
  if (file instanceof Blob) {
    const form = new FormData();
    form.append('operations', operations);
    form.append('map', map);
    form.append('file', file, name);
    return { body: form, headers: {} };
  }
  const boundary = `watchprint-${crypto.randomUUID()}`;
  const fields = { operations, map };
  return {
    body: streamOf(parts(boundary, fields, file, name)),
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
  };
}

async function* parts(
  boundary: string,
  fields: Readonly<Record<string, string>>,
  file: AsyncIterable<Uint8Array>,
  name: string,
): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  let head = '';
  for (const [field, value] of Object.entries(fields))
    head += `--${boundary}\r\nContent-Disposition: form-data; name="${field}"\r\n\r\n${value}\r\n`;
  head += `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${escaped(name)}"\r\n`;
  head += 'Content-Type: application/octet-stream\r\n\r\n';
  yield encoder.encode(head);
  yield* file;
  yield encoder.encode(`\r\n--${boundary}--\r\n`);
}

/** As forms escape names: https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#multipart-form-data */
const escaped = (name: string) => name.replaceAll('\n', '%0A').replaceAll('\r', '%0D').replaceAll('"', '%22');

function streamOf(source: AsyncGenerator<Uint8Array>): ReadableStream<Uint8Array> {
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await source.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    async cancel() {
      await source.return(undefined);
    },
  });
}
