import type { ReadDeps } from '#flows'
import { createLlmEngine, createLocalEngine, createTriage } from '#triage'
import type { Ground } from './ground.ts'

/** Reads with the language model beside the local engine while the settings let it, else alone. */
export function openReading({ client, clock, log, config, current }: Ground): ReadDeps['readMessage'] {
  const llm = config.DUNCAN_LLM_MODEL ? createLlmEngine(config, { client, clock, log }) : undefined
  const local = createLocalEngine()
  const [withModel, alone] = [createTriage({ llm, log, local }), createTriage({ log, local })]
  return (message, context) => (current.modules().languageModel ? withModel : alone).readMessage(message, context)
}
