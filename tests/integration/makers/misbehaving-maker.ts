/** A process in the place of the one that makes files: each format is a way to misbehave. */
process.on('message', ({ id, format }: { id: number; format: string }) => {
  if (format === 'pdf') for (;;);
  if (format === 'docx') process.abort();
  if (format === 'html') process.disconnect();
  process.send?.({ id, kind: 'made', file: { bytes: new Uint8Array([7]), mime: 'x', extension: 'x', notes: [] } });
});
