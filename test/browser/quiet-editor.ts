import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Turns the editor's tips off. They are shown a second after the user settings were read, whether or not the sidebar that shows them has been
 * made by then: on a busy machine it has not, and the page reports "Cannot read properties of undefined (reading 'html')" (editor-client 5.0,
 * ui/tab-info.js, setTip).
 */
export function quietEditor(userDir: string): void {
  writeFileSync(join(userDir, '.config.users.json'), JSON.stringify({ _: { editor: { view: { 'view-show-tips': false } } } }));
}
