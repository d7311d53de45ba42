import { readFileSync } from 'node:fs';
import { Glossary } from '#domain/similarity/glossary.ts';
import { serveJobs } from '#server/documents/serve-jobs.ts';
import { alikeIdeas, type ComparingJob } from './compare.ts';

const glossary = new Glossary(readFileSync(new URL('./glossary.txt', import.meta.url), 'utf8'));

/** The process in which ideas are compared. */
serveJobs((job: ComparingJob) => alikeIdeas(job, glossary));
