import { setPage, type Hydration, type KitApp, type KitNode } from 'virtual:kit';
import { early } from './early.ts';
import { heldPress } from './held-press.ts';
import { fetchRouter } from './router.ts';

/**
 * Stands for Kit's own start in the browser's build: the page that the server wrote is brought to life with what it was given, and the
 * router, a quarter of what a guest on a slow network would wait for, comes when the page says so. Before, links do what
 * they do without any script.
 */
export async function start(app: KitApp, target: HTMLElement, hydration: Hydration): Promise<void> {
  Object.assign(early, { app, target, hydration });
  const press = heldPress();
  markHistory();
  restoreScroll();
  const { id, params } = routeOf(document);
  const nodes = await Promise.all(hydration.node_ids.map((node) => app.nodes[node]!()));
  const props: Record<string, unknown> = {};
  let data = {};
  for (const [index, node] of nodes.entries()) {
    data = { ...data, ...(await dataOf(node, hydration.data[index]?.data ?? null, hydration.error ? null : id)) };
    props[`data_${index}`] = data;
  }
  const { status = 200, error, form } = hydration;
  const page = {
    data,
    error,
    form: form ?? null,
    params,
    route: { id },
    state: {},
    status,
    url: new URL(location.href),
  };
  setPage(page);
  early.page = page;
  early.root = new app.root({
    target,
    props: {
      ...props,
      stores: { page: early.store },
      components: [],
      constructors: nodes.map(({ component }) => component),
      page,
      form,
    },
    hydrate: true,
    sync: false,
  });
  setTimeout(press); // what answers it is there by then
  if (!isRouterLater(id)) void fetchRouter();
}

const LATER = /^\/join(\/|$)|^\/forums\/\[slug\]\/workshops\/\[id\]$/;

/** Pages that are opened on phones in a hall. */
const isRouterLater = (route: string | null): boolean => route !== null && LATER.test(route);

/** The layout's is the only load that runs in browsers too, and it reads nothing else. What went wrong is said in words of no page. */
const dataOf = (
  { universal }: KitNode,
  data: object | null,
  id: string | null,
): Promise<object | null> | object | null => (universal?.load ? universal.load({ data, route: { id } }) : data);

interface Route {
  readonly id: string | null;
  readonly params: Readonly<Record<string, string>>;
}

/** As the server told it: to find it here takes the patterns of every page. */
function routeOf(html: Document): Route {
  const told = html.querySelector<HTMLMetaElement>('meta[name=route]')?.content;
  return told ? (JSON.parse(told) as Route) : { id: null, params: {} };
}

const HISTORY = 'sveltekit:history';
const NAVIGATION = 'sveltekit:navigation';

/** The router finds its entry marked, and with it where the page had been scrolled to. */
function markHistory(): void {
  const state = (history.state ?? {}) as Record<string, unknown>;
  if (state[HISTORY]) return;
  const index = Date.now();
  history.replaceState({ ...state, [HISTORY]: index, [NAVIGATION]: index }, '');
}

function restoreScroll(): void {
  try {
    const positions = JSON.parse(sessionStorage.getItem('sveltekit:scroll') ?? '{}') as Record<string, ScrollPosition>;
    const at = positions[(history.state as Record<string, number>)[HISTORY]!];
    if (at) scrollTo(at.x, at.y);
  } catch {
    // a browser that keeps nothing begins at the top
  }
}

interface ScrollPosition {
  readonly x: number;
  readonly y: number;
}
