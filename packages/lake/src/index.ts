export { createOriginals, type Originals, type ReceivedOriginal, removeOld } from './originals.ts';
