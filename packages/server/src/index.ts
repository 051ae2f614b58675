export { type Config, ConfigError, type GivenConfig, readConfig, type SourceId, type SourceSites } from './config.ts';
export type { Limits } from './limits.ts';
export { createServer, type ServerOptions, type WatchprintServer } from './server.ts';
