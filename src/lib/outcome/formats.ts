/** What the outcome can be taken home as, in the order of the export menu. */
export const EXPORT_FORMATS = ['pdf', 'docx', 'html', 'md', 'wordpress', 'json', 'csv'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

export const isExportFormat = (value: string): value is ExportFormat =>
  (EXPORT_FORMATS as readonly string[]).includes(value);
