export { type Config, ConfigError, type GivenConfig, readConfig } from './config.ts';
export type { Limits } from './limits.ts';
export { createServer, type ServerOptions, type WatchprintServer } from './server.ts';
