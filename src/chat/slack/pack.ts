import type { KnownBlock } from '@slack/types'
import { asChart } from './draw-chart.ts'
import { sizeOf, type Unit } from './unit.ts'

/** How much a message or view takes: blocks, their size as JSON, tables and charts among them. */
export type Room = { blocks: number; size: number; tables: number; charts: number }

/** Of the room of a card's own message, the share that its fields may take before they are only told. */
const shareOfFields = 0.6

/**
 * Divides the units of a card: what stands on the card itself, and what follows in messages of their own when it is too much for one.
 * Fields stay on the card, beside the buttons that send their values; whatever comes after the first thing that did not fit follows.
 * Nothing is left out.
 */
export function pack(units: Unit[], first: Room, following: Room): { card: KnownBlock[]; rest: KnownBlock[][] } {
  const fields = fieldsThatFit(units, first)
  const reserved = { blocks: fields.size, size: [...fields].reduce((sum, { block }) => sum + sizeOf(block), 0) }
  const card = page({ ...first, blocks: first.blocks - reserved.blocks, size: first.size - reserved.size })
  const rest: Page[] = []
  for (const unit of units) {
    if (fields.has(unit)) card.blocks.push(unit.block)
    else for (const part of unit.isField ? (unit.flat ?? []) : [unit]) place(part)
  }
  return { card: card.blocks, rest: rest.map(({ blocks }) => blocks) }

  function place(unit: Unit): void {
    const at = rest.at(-1) ?? card
    if (!at.allows(unit)) {
      for (const part of unit.flat ?? []) place(part)
      return
    }
    if (at.take(unit)) return
    const next = page(following)
    rest.push(next)
    next.take(unit)
  }
}

type Page = { blocks: KnownBlock[]; allows: (unit: Unit) => boolean; take: (unit: Unit) => boolean }

function page(room: Room): Page {
  let left = room
  const blocks: KnownBlock[] = []
  return {
    blocks,
    allows: ({ block }) => (block.type === 'table' ? left.tables > 0 : !asChart(block) || left.charts > 0),
    take: ({ block }) => {
      const size = sizeOf(block)
      if (left.blocks < 1 || left.size < size) return false
      const [tables, charts] = [left.tables - (block.type === 'table' ? 1 : 0), left.charts - (asChart(block) ? 1 : 0)]
      left = { blocks: left.blocks - 1, size: left.size - size, tables, charts }
      blocks.push(block)
      return true
    },
  }
}

function fieldsThatFit(units: Unit[], { blocks, size }: Room): Set<Unit> {
  const room = { blocks: blocks * shareOfFields, size: size * shareOfFields }
  const fitting = new Set<Unit>()
  for (const unit of units.filter(({ isField }) => isField)) {
    room.blocks -= 1
    room.size -= sizeOf(unit.block)
    if (room.blocks < 0 || room.size < 0) break
    fitting.add(unit)
  }
  return fitting
}
