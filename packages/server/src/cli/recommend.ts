import { resolve } from 'node:path';
import { Readable } from 'node:stream';
import { answerTask, type TaskAnswer } from '@watchprint/engine';
import { defineCommand } from 'citty';
import { SingleBar } from 'cli-progress';
import { fail, refuseUnknownOptions, say, UsageError } from './output.ts';
import { readTask } from './task-files.ts';
import { writeWhole } from './whole-file.ts';

const options = {
  task: {
    type: 'string',
    required: true,
    description: 'A folder with task.json, catalog, events and queries (.jsonl)',
  },
  out: { type: 'string', required: true, description: 'Where the answers go: a line {user, items} a query' },
} as const;

/** The last is for whoever scores the answers; it is never opened. */
const filesOfTask = ['task.json', 'catalog.jsonl', 'events.jsonl', 'queries.jsonl', 'truth.jsonl'];

export const recommendCommand = defineCommand({
  meta: {
    name: 'recommend',
    description: 'Answers a folder of questions with the recommender alone: what would each user watch next?',
  },
  args: options,
  async run({ args, rawArgs }) {
    try {
      refuseUnknownOptions(rawArgs, options);
      if (filesOfTask.some((name) => resolve(args.task, name) === resolve(args.out)))
        throw new UsageError(`--out ${args.out} would overwrite a file of the task`);
      const task = await readTask(args.task);
      const users = new Set(task.events.map(({ user }) => user)).size;
      say(
        `${task.titles.length} titles, ${task.events.length} events of ${users} users, ${task.queries.length} queries`,
      );
      say(task.shared ? 'Learning from all users' : 'Each user alone');
      const answers = answersOf(answerTask(task), task.queries.length);
      const lines = task.queries.map((query) => {
        const answer = answers.get(query) as TaskAnswer;
        return `${JSON.stringify({ user: query.user, items: answer.items })}\n`;
      });
      await writeWhole(args.out, Readable.from([Buffer.from(lines.join(''))]));
      say(`The answers are in ${args.out}`);
    } catch (error) {
      fail(error);
    }
  },
});

/** All answers, with a bar on a terminal. */
function answersOf(answers: Iterable<TaskAnswer>, total: number): Map<TaskAnswer['query'], TaskAnswer> {
  const bar = process.stderr.isTTY
    ? new SingleBar({ format: '{bar} {percentage}% answered', stream: process.stderr })
    : null;
  const all = new Map<TaskAnswer['query'], TaskAnswer>();
  for (const answer of answers) {
    if (all.size === 0) bar?.start(total, 0);
    all.set(answer.query, answer);
    bar?.update(all.size);
  }
  bar?.stop();
  return all;
}
