import { describe, expect, it } from 'vitest';
import { attachment } from './attachment.ts';

describe('a file that is saved', () => {
  it('[O20] a name in any script reaches the browser whole, and an ASCII name is there beside it', () => {
    const headers = attachment('application/pdf', 'Итоги форума.pdf');
    const [, encoded] = /filename\*=UTF-8''(.+)$/.exec(headers['content-disposition'] ?? '') ?? [];
    expect(decodeURIComponent(encoded ?? '')).toBe('Итоги форума.pdf');
    expect(headers['content-disposition']).toContain('filename="_____ ______.pdf"');
  });

  it('[O20] a name cannot end the header or begin another', () => {
    const value = attachment('text/html', 'a"; x=y\r\nset-cookie: b\\%22(1).html')['content-disposition'] ?? '';
    expect(value).not.toMatch(/[\r\n]/);
    expect(value.match(/"/g)).toHaveLength(2);
    expect(value).not.toMatch(/filename\*=UTF-8''.*[()*']/);
  });

  it('[O20] the browser may not guess another type', () => {
    expect(attachment('application/json', 'a.json')).toMatchObject({
      'content-type': 'application/json',
      'x-content-type-options': 'nosniff',
    });
  });
});
