import { type Clock, type Db, fromPlainDate, Prisma } from '#platform'
import type { TriageConfig } from '../config.ts'

export type CallUsage = { promptTokens: number; outputTokens: number; failed: boolean }

/** The counters of the language model, kept per day (UTC) and model. */
export function createUsage(client: Db, clock: Clock, config: TriageConfig, model: string) {
  const today = () => fromPlainDate(clock.today('UTC'))
  return {
    /** How many questions were asked of all models today, and how many got no usable answer. */
    async today(): Promise<{ calls: number; failures: number }> {
      const { _sum: sum } = await client.llmUsage.aggregate({ where: { day: today() }, _sum: { calls: true, failures: true } })
      return { calls: sum.calls ?? 0, failures: sum.failures ?? 0 }
    },
    /** Why no further call is allowed today, or undefined. */
    async exhausted(): Promise<string | undefined> {
      const used = await client.llmUsage.findMany({ where: { day: today() } })
      const tokens = used.reduce((sum, row) => sum + row.promptTokens + row.outputTokens, 0)
      const cost = used.reduce((sum, row) => sum.add(row.cost), new Prisma.Decimal(0))
      if (tokens >= config.DUNCAN_LLM_DAILY_TOKENS) return `${tokens} of ${config.DUNCAN_LLM_DAILY_TOKENS} tokens used today`
      if (config.DUNCAN_LLM_DAILY_COST !== undefined && cost.gte(config.DUNCAN_LLM_DAILY_COST))
        return `${cost.toString()} of ${config.DUNCAN_LLM_DAILY_COST} spent today`
      return undefined
    },
    /** Adds one call; safe with other processes counting at the same time. */
    async count({ promptTokens, outputTokens, failed }: CallUsage): Promise<void> {
      const million = new Prisma.Decimal(1_000_000)
      const cost = new Prisma.Decimal(config.DUNCAN_LLM_INPUT_PRICE)
        .mul(promptTokens)
        .add(new Prisma.Decimal(config.DUNCAN_LLM_OUTPUT_PRICE).mul(outputTokens))
        .div(million)
        .toDecimalPlaces(6)
      await client.$executeRaw`
        INSERT INTO "LlmUsage" (day, model, calls, failures, "promptTokens", "outputTokens", cost)
        VALUES (${today()}::date, ${model}, 1, ${failed ? 1 : 0}, ${promptTokens}, ${outputTokens}, ${cost})
        ON CONFLICT (day, model) DO UPDATE SET calls = "LlmUsage".calls + 1, failures = "LlmUsage".failures + excluded.failures,
          "promptTokens" = "LlmUsage"."promptTokens" + excluded."promptTokens", "outputTokens" = "LlmUsage"."outputTokens" + excluded."outputTokens",
          cost = "LlmUsage".cost + excluded.cost`
    },
  }
}
