import type { SaidDay } from '../sentence.ts'

export const it: SaidDay[] = [
  ['domani mattina', '2026-11-24'],
  ['entro venerdì', '2026-11-27'],
  ['venerdì prossimo', '2026-11-27'],
  ['entro fine mese', '2026-11-30'],
  ['a fine mese', '2026-11-30'],
  ['entro la fine del mese', '2026-11-30'],
  ['fine novembre', '2026-11-30'],
  ['entro il 15', '2026-12-15'],
  ['il 15 dicembre', '2026-12-15'],
  ['entro il 15/12', '2026-12-15'],
  ['a metà dicembre', '2026-12-15'],
  ['settimana prossima', '2026-12-04'],
  ['entro 10 giorni', '2026-12-03'],
  ['tra due settimane', '2026-12-07'],
  ['entro cinque giorni lavorativi', '2026-11-30'],
  ["all'inizio di dicembre", '2026-12-01'],
  ['ai primi di dicembre', '2026-12-01'],
  ['4 dic.', '2026-12-04'],
  ['presto', ''],
]
