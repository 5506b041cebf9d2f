import { enableCompileCache } from 'node:module';

// Before the rest is imported, so that the cache covers it: every thread loads the same files.
enableCompileCache();
await import('./serve-tasks.ts');
