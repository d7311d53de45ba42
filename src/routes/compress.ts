const TEXT = /^(text\/|application\/(\w+\+)?json\b)/;
const SMALL = 1_000; // bytes: below, the headers outweigh what is won

/**
 * Text goes compressed, where that tells nobody anything. Whoever can make a browser open our pages with words of their own in them, and
 * sees how long the answers are, learns from the length what else stands there (BREACH). So an https page that another site made
 * somebody open goes as it is when it was made for a person, that is, with a cookie; without https there is nothing left to hide.
 */
export async function compressed(request: Request, answer: Response): Promise<Response> {
  const { headers } = answer;
  if (!answer.body || !TEXT.test(headers.get('content-type') ?? '') || headers.has('content-encoding')) return answer;
  headers.append('vary', 'accept-encoding');
  if (!takesGzip(request.headers.get('accept-encoding') ?? '') || isFromElsewhere(request)) return answer;
  const length = headers.get('content-length');
  if (length !== null && Number(length) < SMALL) return answer;
  const whole = await new Response(answer.body.pipeThrough(new CompressionStream('gzip'))).arrayBuffer();
  headers.set('content-encoding', 'gzip');
  headers.set('content-length', String(whole.byteLength));
  return new Response(whole, answer);
}

const takesGzip = (accepted: string): boolean =>
  accepted.split(',').some((part) => {
    const [coding = '', weight] = part.split(';').map((piece) => piece.trim());
    return coding.toLowerCase() === 'gzip' && (weight === undefined || Number(weight.replace(/^q=/, '')) > 0);
  });

/** Asked for by another site, or by a browser that does not say by whom. */
function isFromElsewhere({ url, headers }: Request): boolean {
  const site = headers.get('sec-fetch-site') ?? '';
  return url.startsWith('https:') && headers.has('cookie') && site !== 'same-origin' && site !== 'none';
}
