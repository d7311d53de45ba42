import type { RoomId, WorkshopId } from '../ids.ts';

/** `country` is ISO 3166-1 alpha-2. */
export interface NamedPerson {
  readonly name: string;
  readonly country?: string;
  readonly role?: string;
}

export interface AgendaLink {
  readonly kind: 'video' | 'slides' | 'page';
  readonly url: string;
}

interface AgendaEntry {
  /** Unique within the forum; a workshop's is unique everywhere. */
  readonly id: string;
  readonly title: string;
  /** Local wall-clock time of the forum, `HH:MM`. */
  readonly startsAt?: string;
  readonly endsAt?: string;
  readonly moderator?: NamedPerson;
  readonly speakers: readonly NamedPerson[];
  readonly links: readonly AgendaLink[];
  readonly summary?: string;
  readonly keyPoints: readonly string[];
}

export interface Opening extends AgendaEntry {
  readonly kind: 'opening';
}
export interface Panel extends AgendaEntry {
  readonly kind: 'panel';
}
export interface Closing extends AgendaEntry {
  readonly kind: 'closing';
}

export interface RoomPlan {
  readonly id: RoomId;
  readonly name: string;
}

/** Its `moderator` is the facilitator. */
export interface WorkshopPlan extends AgendaEntry {
  readonly kind: 'workshop';
  readonly id: WorkshopId;
  readonly question?: string;
  readonly rooms: readonly RoomPlan[];
}

export type AgendaItem = Opening | Panel | WorkshopPlan | Closing;
export type AgendaKind = AgendaItem['kind'];
