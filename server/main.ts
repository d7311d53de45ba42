import { keepCompiled } from './process/keep-compiled.ts';

keepCompiled();
await import('./serve.ts');
