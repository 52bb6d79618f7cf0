import { RescuePage } from './page.ts'

/** The choice of language is the app's own, kept in its cookie. */
const chosen = /(?:^|; )language=(sv|en)/.exec(document.cookie)?.[1]
const main = document.getElementById('rescue')
if (main) void new RescuePage(main, chosen === 'sv' || chosen === 'en' ? chosen : 'fi').start()
