import type { Seeded } from '../faults/seeded.ts';

/** What the requests are made of that could be honest ones. */
export interface Stock {
  readonly host: string;
  readonly paths: readonly string[];
  /** Files that are served as they lie on the disk. */
  readonly files: readonly string[];
  readonly sockets: readonly string[];
  readonly cookies: readonly string[];
}

export interface Malformed {
  readonly kind: string;
  readonly bytes: Buffer;
  /** Where the header ends, for whoever stops there. */
  readonly headerEnd: number;
}

type Headers = [name: string, value: string][];

const METHODS = [
  'GET',
  'HEAD',
  'POST',
  'PUT',
  'DELETE',
  'PATCH',
  'OPTIONS',
  'TRACE',
  'CONNECT',
  'PROPFIND',
  'get',
  'G\0T',
  'A'.repeat(300),
];
const LONG = 'a'.repeat(9_000);
const NUMBERS = [
  '-1',
  '0',
  '1',
  '5',
  '10-5',
  '1e3',
  'NaN',
  '99999999999999999999999',
  '0x10',
  '2, 3',
  '+4',
  ' ',
  '1.5',
];
const ODD_PATHS = [
  '//',
  '/..',
  '/../../etc/passwd',
  '/%2e%2e/%2e%2e',
  '*',
  '//evil.test/x',
  '/\\..\\',
  '/%',
  '/%zz',
  '/%ff%fe',
  '/%00',
  '/%c0%af',
  '/Ў́',
  '/?',
  `/${LONG}`,
  '/?q=%',
  '/__data.json',
  '/./x',
  '/a//b',
  '/forums/%F0%9F',
  '/;x=y',
  '/#x',
  'http://evil.test/x',
  'noslash',
  '/_app/immutable/../../x',
  '/_app/immutable/%2e%2e/x',
  '/__proto__',
  '/constructor',
  '/healthz/..',
  '/live/../x',
  '/sync/',
  '/sync/%',
  '/sync/board/',
  '/join/\u2028',
];
const VALUES = [
  '',
  ' ',
  '\t',
  '%',
  '%zz',
  '\x01',
  'Ð°',
  '=;=;',
  '"',
  '"unclosed',
  ';',
  ',',
  ',,,',
  '*',
  '*;q=1e999',
  ';q=',
  'x'.repeat(5_000),
  '../../x',
  '__proto__',
  '[object Object]',
  'W/"',
  '-1',
  'Thu, 99 Foo 0000',
  'null',
  '{}',
  'en-'.repeat(800),
  '%00',
  '\\',
  '${x}',
  "'",
  '<x>',
];
const HEADERS = [
  'accept',
  'accept-language',
  'accept-encoding',
  'accept-charset',
  'authorization',
  'cache-control',
  'cookie',
  'content-type',
  'content-encoding',
  'content-disposition',
  'date',
  'forwarded',
  'from',
  'if-match',
  'if-none-match',
  'if-modified-since',
  'if-range',
  'if-unmodified-since',
  'origin',
  'pragma',
  'referer',
  'te',
  'trailer',
  'user-agent',
  'via',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
  'x-dastarkhan-protocol',
  'x-dastarkhan-host',
  'x-sveltekit-action',
  'x-sveltekit-invalidated',
  'x-http-method-override',
  'purpose',
  'sec-fetch-site',
  'sec-fetch-mode',
  'last-event-id',
  'upgrade-insecure-requests',
  'priority',
];
const RANGES = [
  'bytes=10-5',
  'bytes=-',
  'bytes=',
  'bytes=0-0',
  'bytes=-0',
  'bytes=-5',
  'bytes=99999999-',
  'bytes=0-99999999999999999999',
  'bytes=1e999-',
  'bytes=NaN-NaN',
  'bytes=-1--1',
  'bytes=0-1,5-2',
  'bytes=0x1-0x2',
  'bytes=1.5-2',
  'bytes= 1-2',
  'octets=1-2',
  'bytes',
  'bytes=9007199254740993-9007199254740992',
  'bytes=5-1',
];
const HOSTS = [
  '',
  ' ',
  'a b',
  '[::1',
  ']',
  'evil:99999',
  'x:y',
  '%00',
  '%',
  'x,y',
  '@',
  'user:pass@x',
  'x/..',
  'x?y',
  'x#y',
  '\\x',
  'тест',
  'a'.repeat(4_000),
  '0',
  '999.999.999.999',
  '[::ffff:1.2.3.4%25eth0]',
  'localhost:0',
  'x:-1',
  'xn--a',
  '..',
  '\t',
];
const TYPES = [
  'application/json',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'multipart/form-data',
  'multipart/form-data; boundary=',
  `multipart/form-data; boundary=${'b'.repeat(300)}`,
  'text/plain',
  'application/json; charset=utf-16',
  'application/octet-stream',
  'application/x-sveltekit-formdata',
  'application/x-sveltekit-remote-form',
  ' ',
  '/',
  'a/b/c;;',
  'multipart/form-data; boundary="x',
];
const BODIES = [
  '',
  '{',
  '[',
  '[]',
  'null',
  '"x"',
  '7',
  'true',
  '{"code":',
  '{"code":1,"name":{}}',
  '{"__proto__":{"x":1},"constructor":{"prototype":{}}}',
  '{"code":"\\ud800","name":"\\u0000"}',
  '['.repeat(5_000),
  '{"a":'.repeat(3_000),
  '1e99999',
  '\0\0\0',
  '\xff\xfe',
  'a=%',
  'a=%zz&b',
  '&&&===',
  'a[0]=1&a[__proto__]=2&a[constructor]=3',
  'agenda[9999].title=x',
  'agenda[-1].title=x&agenda[1e9].title=y&agenda[NaN]=z',
  'a=1&'.repeat(2_000),
  'name=%00&email=%ff&password=',
  '--x',
  '--x\r\n',
  '--x\r\n\r\n',
  '--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nb\r\n',
  '--x\r\nContent-Disposition: form-data\r\n\r\nb\r\n--x--',
  '--x\r\nContent-Disposition: form-data; name="file"; filename="../../x\0"\r\nContent-Type: \r\n\r\n{\r\n--x--',
  '--x\r\nContent-Disposition: form-data; name="\r\n\r\n--x--\r\n--x--',
  `--x\r\n${'X: y\r\n'.repeat(500)}\r\n\r\n--x--`,
  '--x\r\nContent-Disposition: form-data; name=file; filename=post.json\r\n\r\n{"content":{"rendered":7},"title":null}\r\n--x--\r\n',
];
const ENCODINGS = ['chunked', 'gzip, chunked', 'chunked, chunked', 'identity', 'chunked;x', 'x', ' chunked', 'Chunked'];
const CHUNKS = [
  '0\r\n\r\n',
  'zz\r\nx\r\n0\r\n\r\n',
  'ffffffffffffffffff\r\nx',
  '-1\r\nx\r\n',
  '5\r\nab',
  '1;x=y\r\na\r\n0\r\n\r\n',
  '1\r\na\r\n0\r\nX: y\r\n\r\n',
  `1;${'e'.repeat(20_000)}\r\na\r\n`,
  '\r\n\r\n',
  '3\r\nabcd\r\n0\r\n\r\n',
];
const UPGRADES = ['websocket', 'WebSocket', 'h2c', 'TLS/1.0', 'websocket, h2c', '', 'x', 'vite-hmr'];
const KEYS = [
  '',
  'x',
  'dGhlIHNhbXBsZSBub25jZQ==',
  'dGhlIHNhbXBsZSBub25jZQ',
  '\x01',
  'A'.repeat(5_000),
  'dGhlIHNhbXBsZSBub25jZQ==, dGhlIHNhbXBsZSBub25jZQ==',
];
const VERSIONS = ['13', '8', '0', '99', '', 'x', '13, 8'];
const EXTENSIONS = [
  '',
  'permessage-deflate',
  'permessage-deflate; server_max_window_bits=99',
  'x;y="',
  ';;;',
  'permessage-deflate; a=b, permessage-deflate',
];
const LINES = [
  'GET',
  'GET /',
  'GET / HTTP/9.9',
  'GET  /  HTTP/1.1',
  ' GET / HTTP/1.1',
  'GET / HTTP/1.1 x',
  '\x16\x03\x01\x02\0',
  'PRI * HTTP/2.0\r\n\r\nSM',
  'GET / HTTP/0.9',
  '\r\n\r\n\r\n',
  'HTTP/1.1 200 OK',
  'GET /\tHTTP/1.1',
  '\0',
  'GET / http/1.1',
];
const NAMES = ['', ' x', 'x ', 'x\0', 'a b', ':', 'é', 'x\tx', 'X'.repeat(20_000)];

/** One malformed request after another, each of another kind than the one before; the same seed makes the same ones. */
export class Malformer {
  readonly #random: Seeded;
  readonly #stock: Stock;
  readonly #kinds: readonly (readonly [name: string, make: () => Buffer | string])[];
  #turn = 0;

  constructor(random: Seeded, stock: Stock) {
    this.#random = random;
    this.#stock = stock;
    const kinds: Record<string, () => Buffer | string> = {
      range: () => this.#request('GET', this.#oneOf([this.#file, this.#path]), [['range', this.#oneOf(RANGES)]]),
      method: () => this.#request(this.#oneOf(METHODS), this.#path, [], this.#oneOf(BODIES)),
      path: () => this.#request(this.#method, this.#oneOf(ODD_PATHS), []),
      glued: () => this.#request('GET', this.#path + this.#oneOf(ODD_PATHS), []),
      host: () => this.#request(this.#method, this.#path, [], '', this.#oneOf(HOSTS)),
      twoHosts: () => this.#request('GET', this.#path, [['host', this.#oneOf(HOSTS)]]),
      header: () => this.#request(this.#method, this.#path, this.#someHeaders(), this.#oneOf(BODIES)),
      headerName: () => this.#request('GET', this.#path, [[this.#oneOf(NAMES), 'x']]),
      manyHeaders: () =>
        this.#request(
          'GET',
          this.#path,
          Array.from({ length: 2_500 }, (_, at) => [`x-${at}`, 'y']),
        ),
      hugeHeader: () => this.#request('GET', this.#path, [['x-long', 'x'.repeat(70_000)]]),
      hugeCookie: () => this.#request('GET', this.#path, [['cookie', `seat=${LONG}`]]),
      length: () =>
        this.#request('POST', this.#path, [['content-length', this.#oneOf(NUMBERS)], this.#type], this.#oneOf(BODIES)),
      twoLengths: () =>
        this.#request(
          'POST',
          this.#path,
          [
            ['content-length', '1'],
            ['content-length', '2'],
          ],
          'ab',
        ),
      encoding: () =>
        this.#request(
          'POST',
          this.#path,
          [['transfer-encoding', this.#oneOf(ENCODINGS)], this.#type],
          this.#oneOf(CHUNKS),
        ),
      smuggled: () =>
        this.#request(
          'POST',
          this.#path,
          [
            ['content-length', '4'],
            ['transfer-encoding', 'chunked'],
          ],
          '0\r\n\r\nGET /x HTTP/1.1\r\n\r\n',
        ),
      expect: () =>
        this.#request(
          'POST',
          this.#path,
          [['expect', this.#oneOf(['100-continue', 'x', '', '100-continue, x'])], ['content-length', '3'], this.#type],
          'a=b',
        ),
      body: () => this.#withBody(this.#oneOf(BODIES)),
      files: () => this.#request(this.#method, this.#file, this.#someHeaders()),
      pipelined: () => this.#request('GET', this.#path, []).repeat(3) + this.#oneOf(LINES),
      line: () => `${this.#oneOf(LINES)}\r\nHost: ${this.#stock.host}\r\n\r\n`,
      noise: () => Buffer.from(Array.from({ length: 200 }, () => this.#random.between(0, 255))),
      upgrade: () => this.#upgrade(this.#oneOf([...this.#stock.sockets, this.#path, this.#oneOf(ODD_PATHS)])),
      socket: () => this.#upgrade(this.#oneOf(this.#stock.sockets)),
      opened: () => this.#opened(),
      openedToo: () => this.#opened(),
      polling: () =>
        this.#request(
          this.#method,
          `/live/?EIO=${this.#oneOf(NUMBERS).trim()}&transport=polling&sid=${this.#oneOf(['', 'x', '__proto__'])}`,
          [this.#type],
          this.#oneOf(BODIES),
        ),
    };
    this.#kinds = Object.entries(kinds);
  }

  next(): Malformed {
    const [kind, make] = this.#kinds[this.#turn % this.#kinds.length]!;
    this.#turn += 1;
    const made = make();
    const bytes = typeof made === 'string' ? Buffer.from(made, this.#random.next() < 0.7 ? 'utf8' : 'latin1') : made;
    const end = bytes.indexOf('\r\n\r\n');
    return { kind, bytes, headerEnd: end < 0 ? bytes.length : end + 4 };
  }

  get #method(): string {
    return this.#oneOf(['GET', 'GET', 'HEAD', 'POST']);
  }
  get #path(): string {
    return this.#oneOf(this.#stock.paths);
  }
  get #file(): string {
    return this.#oneOf(this.#stock.files);
  }
  get #type(): [string, string] {
    return ['content-type', this.#oneOf(TYPES)];
  }

  #withBody(body: string): string {
    const own: Headers = [['content-length', String(Buffer.byteLength(body))], this.#type];
    return this.#request(this.#oneOf(['POST', 'POST', 'PUT', 'GET']), this.#path, own, body);
  }

  #someHeaders(): Headers {
    return Array.from({ length: this.#random.between(1, 4) }, () => [this.#oneOf(HEADERS), this.#oneOf(VALUES)]);
  }

  #upgrade(path: string): string {
    return this.#request(
      this.#oneOf(['GET', 'GET', 'GET', 'POST', 'HEAD']),
      path,
      [
        ['upgrade', this.#oneOf(UPGRADES)],
        ['sec-websocket-key', this.#oneOf(KEYS)],
        ['sec-websocket-version', this.#oneOf(VERSIONS)],
        ['sec-websocket-extensions', this.#oneOf(EXTENSIONS)],
        ['sec-websocket-protocol', this.#oneOf(['', 'x', 'x,x', ',', ' '])],
      ],
      '',
      this.#stock.host,
      'Upgrade',
    );
  }

  /** A good upgrade by somebody who has a seat, and then frames of no sense. */
  #opened(): Buffer {
    const own: Headers = [
      ['upgrade', 'websocket'],
      ['sec-websocket-key', 'dGhlIHNhbXBsZSBub25jZQ=='],
      ['sec-websocket-version', '13'],
      ['cookie', this.#stock.cookies[0] ?? ''],
      ['origin', `http://${this.#stock.host}`],
    ];
    const head = this.#raw('GET', this.#oneOf(this.#stock.sockets.slice(0, 2)), [
      ['host', this.#stock.host],
      ['connection', 'Upgrade'],
      ...own,
    ]);
    const frames = Array.from({ length: this.#random.between(0, 60) }, () => this.#random.between(0, 255));
    return Buffer.concat([
      Buffer.from(head),
      Buffer.from([this.#oneOf([0x81, 0x82, 0x88, 0x89, 0x0f, 0xff, 0xc1]), ...frames]),
    ]);
  }

  #request(
    method: string,
    path: string,
    headers: Headers,
    body = '',
    host = this.#stock.host,
    connection = this.#oneOf(['close', 'close', 'keep-alive', '', 'close, x', 'Upgrade']),
  ): string {
    const cookie: Headers = this.#random.next() < 0.5 ? [['cookie', this.#oneOf(this.#stock.cookies)]] : [];
    const origin: Headers = this.#random.next() < 0.7 ? [['origin', `http://${this.#stock.host}`]] : [];
    const all: Headers = [['host', host], ['connection', connection], ...cookie, ...origin, ...headers];
    return this.#raw(method, path, all, body);
  }

  #raw(method: string, path: string, headers: Headers, body = ''): string {
    return `${method} ${path} HTTP/1.1\r\n${headers.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n${body}`;
  }

  #oneOf<T>(all: readonly T[]): T {
    return all[this.#random.between(0, all.length - 1)]!;
  }
}
