import type { HandleClientError } from '@sveltejs/kit'
// Imported here, the stylesheet is linked from the shell itself and nothing is drawn without it.
import './app.css'

/** An error's own words may repeat what was typed; none of them reaches the screen or a log. */
export const handleError: HandleClientError = ({ status }) => ({ message: String(status) })
