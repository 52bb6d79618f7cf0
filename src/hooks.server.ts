import type { Handle } from '@sveltejs/kit'

/** At the build only: a page that is drawn already is not covered by the wordmark. */
export const handle: Handle = ({ event, resolve }) =>
  resolve(event, {
    transformPageChunk: ({ html }) =>
      event.route.id === '/(door)/sign-in' ? html.replace(splash, '') : html
  })

const splash = /<!-- Drawn before[^>]*-->\s*<div class="first splash".*?<\/div>/s
