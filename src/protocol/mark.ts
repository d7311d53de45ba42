/**
 * On every answer of this server. What comes without it was said by somebody between: a hall's sign-in page, a proxy whose server is away.
 */
export const MARK = 'x-dastarkhan';
/** On pages: by which cookies of ours they were made, as a digest. A page of another holder is not for whoever sits here now. */
export const HOLDER = 'x-dastarkhan-holder';

export const isOurs = ({ headers }: Pick<Response, 'headers'>): boolean => headers.has(MARK);
