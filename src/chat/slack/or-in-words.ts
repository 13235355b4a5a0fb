import type { KnownBlock } from '@slack/types'
import { deliveryProblem } from './delivery-problem.ts'
import { asChart } from './draw-chart.ts'
import { richUnits } from './unit.ts'

/**
 * Writes blocks to Slack; where it refuses them and there are charts or pictures among them (which it may not know, or not have looked at
 * yet), without these: what they show stands beside them in words.
 */
export async function orInWords<T>(blocks: KnownBlock[], write: (blocks: KnownBlock[]) => Promise<T>): Promise<T> {
  try {
    return await write(blocks)
  } catch (error) {
    const words = blocks.flatMap(inWords)
    const isSame = words.every((block, index) => block === blocks[index])
    if (isSame || deliveryProblem(error).kind !== 'refused') throw error
    return write(words)
  }
}

function inWords(block: KnownBlock): KnownBlock[] {
  const chart = asChart(block)
  if (chart) return richUnits([{ text: chart.title, bold: true }]).map(unit => unit.block)
  return block.type === 'image' ? [] : [block]
}
