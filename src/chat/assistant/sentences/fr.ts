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
  why: [/^pourquoi (?:la proposition |le num[eé]ro )?#?(\d{1,9})$/iu],
  home: [/^(?:mes )?(?:r[eé]glages|pr[eé]f[eé]rences)$/iu, /^ma page$/iu],
  help: [/^aide$/iu, /^que (?:peux-tu|pouvez-vous|sais-tu) faire$/iu],
  change: [/^(?:approuve|approuver|rejette|rejeter|d[eé]cide|envoie|envoyer|r[eé]ponds|r[eé]pondre|conteste)(?:r|z)?(?=\s|$)/iu],
}
