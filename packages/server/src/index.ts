export { type Config, ConfigError, readConfig } from './config.ts';
export { createServer, type ServerOptions, type WatchprintServer } from './server.ts';
