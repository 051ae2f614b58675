export interface RejectedRowToSave {
  readonly line: number;
  readonly reason: string;
  readonly content: string;
}

/** Which batch of which import. */
export interface PlaceOfBatch {
  readonly importId: string;
  readonly workerId: string;
  /** The file of the upload that it comes from: its path, and its place among the upload's files. */
  readonly fileName: string;
  readonly filePlace: number;
  /** From 1, through all files of the import. A batch that was saved before is not saved again. */
  readonly number: number;
  /** Bytes of the upload behind the batches so far. */
  readonly bytesRead: number;
}
