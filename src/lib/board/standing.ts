import AddTheme from './AddTheme.svelte';
import * as deeds from './all-deeds.ts';
import { bringDeeds } from './deeds.ts';
import Faces from './Faces.svelte';
import { keepPlace } from './keep-place.ts';
import Rosettes from '#lib/look/Rosettes.svelte';
import Notices from './Notices.svelte';
import Outline from './Outline.svelte';
import { pageKeys } from './page-keys.ts';
import ThemeJump from './ThemeJump.svelte';
import ThemesRail from './ThemesRail.svelte';
import { doAgain, wake } from './wake.ts';

/** What can be done with a board that stands, in one file: one round trip of a phone's network and not seven. */
export const parts = { AddTheme, Faces, Outline, Rosettes, ThemeJump, ThemesRail };
export { doAgain, keepPlace, Notices, pageKeys, wake };

bringDeeds(deeds, parts);
