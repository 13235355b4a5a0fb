import { extractFeatures, type TextToClassify } from './features.ts'
import { type ClassifierModel, sigmoid } from './model.ts'
import { rivalOf, scoreMail } from './score-mail.ts'
import type { Span } from './text.ts'

/** What a model holds of a class: its score of the whole text, that as a confidence, and the sentence that speaks most for it. */
export type Judgement = { score: number; confidence: number; evidence: Span | undefined }

/** What a model holds of a text, by class in their order; there is no evidence when the subject alone told. */
export const judge = (text: TextToClassify, model: ClassifierModel): Judgement[] => {
  const features = extractFeatures(text)
  const { whole, sentences } = scoreMail(model, features)
  return model.classes.map((_class, column) => {
    let best: { span: Span; score: number } | undefined
    for (const [at, span] of features.sentences.entries()) {
      const score = sentences[at]?.[column] ?? 0
      if (best === undefined || score > best.score) best = { span, score }
    }
    const score = whole[column] ?? 0
    const fit = model.calibration[column] ?? { whole: 1, best: 0, rival: 0, offset: 0 }
    const confidence = sigmoid(fit.whole * score + fit.best * (best?.score ?? score) + fit.rival * rivalOf(whole, column) + fit.offset)
    return { score, confidence, evidence: best?.span }
  })
}
