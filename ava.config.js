export default {
  files: [process.env.AVA_FILES ?? 'build/test/**/*.test.js'],
  workerThreads: false,
  concurrency: 2,
  timeout: '3m',
  nodeArguments: ['--enable-source-maps'],
};
