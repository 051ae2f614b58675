export { createOriginals, type KeptOriginal, type Originals } from './originals.ts';
