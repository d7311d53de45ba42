import { readingOf } from './reading.ts';
import { serveJobs } from './serve-jobs.ts';

/** The process in which shared documents are read. */
serveJobs(readingOf);
