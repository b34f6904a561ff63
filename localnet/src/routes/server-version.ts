export const SERVER_VERSION = 'fac-localnet 0.1.0';
