import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');

/** Has what is in use be all that memory holds; Node gives the function to a context that is made after the flag. */
export const collectGarbage = runInNewContext('gc') as () => void;
