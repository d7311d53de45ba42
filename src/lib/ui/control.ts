/** What a `Field` gives the control inside it: spread it over the input, select or textarea. */
export interface Control {
  id: string;
  'aria-describedby': string | undefined;
  'aria-invalid': 'true' | undefined;
}
