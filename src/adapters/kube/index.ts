export { type ConnectOptions, connectKube, makeConnectKube } from './connect.ts';
export * from './port.ts';
