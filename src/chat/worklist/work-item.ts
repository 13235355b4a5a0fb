import { idOf } from '../click.ts'

const kinds = ['proposal', 'entry', 'call', 'task'] as const
/** `call`: one that a workflow asks for. */
export type WorkKind = (typeof kinds)[number]

/** One thing that waits for a person, as a list knows it. */
export type WorkItem = { kind: WorkKind; id: number }

/** What a button carries of it: `call:12`. */
export const writeItem = ({ kind, id }: WorkItem): string => `${kind}:${id}`

/** Reads it again; undefined for whatever else a browser sent. */
export function readItem(text: string | undefined): WorkItem | undefined {
  const [name, number] = (text ?? '').split(':', 2)
  const kind = kinds.find(known => known === name)
  const id = idOf(number)
  return kind && id > 0 ? { kind, id } : undefined
}
