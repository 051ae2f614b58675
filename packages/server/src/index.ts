export { type Config, ConfigError, readConfig } from './config.ts';
export type { Limits } from './limits.ts';
export { createServer, type ServerOptions, type WatchprintServer } from './server.ts';
