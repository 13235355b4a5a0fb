import type { Sentences } from '../read-sentence.ts'

/** What people ask in French. */
export const sentencesFr: Sentences = {
  polite: /^(?:bonjour|salut|duncan|peux-tu|pouvez-vous|dis-moi|dites-moi|montre(?:z)?(?:-moi)?|donne(?:z)?-moi|je veux savoir|sais-tu)(?=[\s,:])[\s,:]*/iu,
  thanks: /[\s,]+(?:s['’]il (?:te|vous) pla[iî]t|svp|stp|merci|aujourd['’]hui|maintenant)$/iu,
  debtor: [
    /^(?:combien|que|qu['’]est-ce que) (?:nous )?doit(?: encore)? (.+)$/iu,
    /^combien (.+?) nous doi(?:t|vent)(?:-ils?|-elles?)?(?: encore)?$/iu,
    /^qu['’]est-ce qui est (?:ouvert|d[uû]|impay[eé]|[eé]chu) chez (.+)$/iu,
    /^(?:le |la |l['’])?(?:solde|statut|[eé]tat|situation|fiche) (?:de |du |d['’])(.+)$/iu,
    /^o[uù] en est (.+)$/iu,
    /^(?:est-ce que )?(.+?) a(?:-t-(?:il|elle))? (?:d[eé]j[aà] )?pay[eé]$/iu,
    /^quand paie (.+)$/iu,
  ],
  inbox: [/^(?:les )?(?:derniers )?(?:mails?|e-?mails?|courriels?|messages) (?:de |du |d['’])(.+)$/iu, /^qu['’]a (?:[eé]crit|dit) (.+)$/iu],
  mine: [/^qu['’]est-ce qui m['’]attend$/iu, /^que dois-je faire$/iu, /^(?:ma|mes) (?:liste|t[aâ]ches|actions|travail)$/iu],
  team: [/^qu['’]est-ce qui (?:nous )?attend(?: l['’][eé]quipe| une d[eé]cision)?$/iu, /^la liste(?: de l['’][eé]quipe)?$/iu],
  cover: [/^qui est (?:absent|malade|en cong[eé]|en vacances)$/iu, /^qui remplace .+$/iu],
  risk: [/^(?:le |les )?risques?(?: du portefeuille)?$/iu, /^qu['’]est-ce qui est en risque$/iu, /^o[uù] sont (?:les|nos) risques$/iu],
  riskOf: [/^(?:le )?risque (?:de |du |d['’]|chez )(.+)$/iu],
  report: [/^(?:le |les |nos |mes )?(?:rapport|chiffres)$/iu, /^o[uù] en sommes-nous$/iu],
  tasks: [/^(?:les )?(?:appels|t[aâ]ches ouvertes)(?: du jour)?$/iu, /^qui dois-je appeler$/iu],
  promise: [/^(?:enregistre(?:r|z)?|note(?:r|z)?) (?:une |la )?promesse (?:de paiement )?(?:de |du |d['’])(.+)$/iu, /^(.+?) (?:a promis|promet) de payer$/iu],
  dispute: [/^(?:ouvre|ouvrir|ouvrez|enregistre(?:r|z)?) (?:un |le )?litige (?:de |du |d['’]|chez |avec )(.+)$/iu, /^(.+?) conteste (?:une|la) facture$/iu],
  hold: [/^(?:suspend(?:s|re|ez)?|arr[eê]te(?:r|z)?) (?:les )?(?:relances|rappels) (?:de |du |d['’]|pour |[aà] |chez )(.+)$/iu],
  why: [/^pourquoi (?:la proposition |le num[eé]ro )?#?(\d{1,9})$/iu],
  home: [/^(?:mes )?(?:r[eé]glages|pr[eé]f[eé]rences)$/iu, /^ma page$/iu],
  help: [/^aide$/iu, /^que (?:peux-tu|pouvez-vous|sais-tu) faire$/iu],
  change: [/^(?:approuve|approuver|rejette|rejeter|d[eé]cide|envoie|envoyer|r[eé]ponds|r[eé]pondre|conteste)(?:r|z)?(?=\s|$)/iu],
}
