import { createHash } from 'node:crypto'

type Versioned = {
  status: string
  debtorId: number | null
  actions: readonly { id: number; kind: string; payload: unknown; status: string }[]
}

/** A short mark of what there is to decide on: whoever saw another one has not seen this. */
export function versionOf({ status, debtorId, actions }: Versioned): string {
  const shown = [status, debtorId, actions.map(action => [action.id, action.kind, action.payload, action.status])]
  return createHash('sha256').update(JSON.stringify(shown)).digest('hex').slice(0, 12)
}
