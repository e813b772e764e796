import type { Browser, Page } from 'playwright-core';
import { contrastRatio, textColors } from './text-contrast.ts';

export interface EditorOptions {
  editor: string;
  /** what the browser asks for; Node-RED speaks it where it can */
  language?: string;
  theme?: Theme;
  viewport?: { width: number; height: number };
}

export type Theme = 'light' | 'dark';

interface EditorNode {
  id: string;
  type: string;
  valid: boolean;
  changed: boolean;
  validationErrors?: string[];
  _def: { category: string };
  [setting: string]: unknown;
}

interface EditorGlobals {
  RED: {
    nodes: {
      node(id: string): EditorNode | null;
      eachNode(visit: (node: EditorNode) => void): void;
      eachConfig(visit: (node: EditorNode) => void): void;
      eachWorkspace(visit: (flow: { id: string; label: string }) => void): void;
      dirty(): boolean;
    };
    editor: { edit(node: object): void; editConfig(name: string, type: string, id: string): void };
    actions: { invoke(name: string, ...args: unknown[]): void };
    workspaces: { show(id: string): void; active(): string };
    sidebar: { show(id: string): void };
    view: { reveal(id: string): void; clickNodeButton(node: object): void };
  };
}

/** What the page printed that no analyst should have to see. */
const quiet = [/Failed to load resource.*(catalogue|ERR_)/, /catalogue\.nodered\.org/];

/** Node-RED's editor, in the words of somebody who uses it. */
export class EditorPage {
  readonly page: Page;
  readonly troubles: string[] = [];
  private constructor(page: Page) {
    this.page = page;
    page.on('pageerror', (error) => this.troubles.push(`page error: ${error.message}`));
    page.on('console', (message) => {
      const text = message.text();
      const { url } = message.location();
      // the editor catches what a form throws and prints it as an ordinary line
      const wrong = message.type() === 'error' || /^(oneditprepare|Validation error|Definition error|Missing key)/.test(text);
      if (wrong && !quiet.some((pattern) => pattern.test(`${text} ${url}`))) this.troubles.push(`console: ${text} ${url}`);
    });
  }

  static async open(browser: Browser, { editor, language = 'en-US', theme = 'light', viewport }: EditorOptions): Promise<EditorPage> {
    const page = await browser.newPage({ viewport: viewport ?? { width: 1600, height: 900 }, locale: language });
    const opened = new EditorPage(page);
    await page.addInitScript((lang) => localStorage.setItem('editor-language', lang), language);
    await opened.load(editor);
    await opened.wear(theme);
    return opened;
  }

  /** Resolves when palette, flows and sidebars stand. */
  async load(address: string): Promise<void> {
    await this.page.goto(address);
    await this.page.waitForSelector('#red-ui-editor', { state: 'visible' });
    await this.page.waitForSelector('.red-ui-palette-node[data-palette-type="salesforce-opportunity-in"]', { state: 'attached' });
    await this.page.waitForFunction(() => !document.querySelector('#red-ui-loading-progress, .red-ui-loading-bar-fill')?.checkVisibility());
  }

  wear(theme: Theme): Promise<void> {
    return this.page.evaluate((dark) => {
      document.documentElement.classList.toggle('nr-theme-dark', dark);
    }, theme === 'dark');
  }

  /** What the palette shows: label, category and icon of each of the nodes given. */
  palette(types: readonly string[]): Promise<{ type: string; label: string; category: string; icon: string }[]> {
    return this.page.evaluate(
      (types) =>
        types.map((type) => {
          const node = document.querySelector(`.red-ui-palette-node[data-palette-type="${type}"]`);
          const icon = node?.querySelector<HTMLElement>('.red-ui-palette-icon');
          const category = node?.closest('.red-ui-palette-category');
          return {
            type,
            label: node?.querySelector('.red-ui-palette-label')?.textContent?.trim() ?? '',
            category: category?.querySelector('.red-ui-palette-header span')?.textContent?.trim() ?? '',
            icon: icon ? getComputedStyle(icon).backgroundImage.replace(/^url\("(.*)"\)$/, '$1') : '',
          };
        }),
      types,
    );
  }

  /** Import → Examples → the pack → the example, as a new flow. */
  async importExample(packageName: string, example: string): Promise<void> {
    const { page } = this;
    const before = Object.keys(await this.flows()).length;
    await this.invoke('core:show-import-dialog');
    const dialog = page.locator('#red-ui-clipboard-dialog');
    await page
      .locator('[href="#red-ui-clipboard-dialog-import-tab-examples"], .red-ui-clipboard-dialog-tabs a', { hasText: /Examples|Beispiele/ })
      .click();
    await this.pick(packageName);
    await this.pick(example);
    await page.locator('#red-ui-clipboard-dialog-ok:not([disabled])').click();
    await dialog.waitFor({ state: 'hidden' });
    // a second flow brings connections that are there already: a copy of the flow takes those that are there
    const copy = page.locator('.red-ui-notification button', { hasText: /Import copy|Kopie importieren/ });
    const arrived = page.waitForFunction(flowsBeyond, before);
    await Promise.race([arrived, copy.waitFor()]);
    if (await copy.isVisible()) await copy.click();
    await arrived;
  }

  private async pick(label: string): Promise<void> {
    const entry = this.page.locator('#red-ui-clipboard-dialog .red-ui-treeList-label:visible', { hasText: label }).last();
    await entry.click();
  }

  /** Presses Deploy and resolves when the runtime took it. */
  async deploy(): Promise<void> {
    const answered = this.page.waitForResponse((response) => response.url().endsWith('/flows') && response.request().method() === 'POST');
    await this.page.click('#red-ui-header-button-deploy');
    const response = await answered;
    if (!response.ok()) throw new Error(`deploy answered ${response.status()}`);
    await this.page.waitForFunction(() => !(globalThis as unknown as EditorGlobals).RED.nodes.dirty());
  }

  invoke(action: string): Promise<void> {
    return this.page.evaluate((action) => (globalThis as unknown as EditorGlobals).RED.actions.invoke(action), action);
  }

  /** Nodes and configuration nodes that the editor marks, with why. */
  async invalidNodes(): Promise<Record<string, string[]>> {
    return this.page.evaluate(() => {
      const wrong: Record<string, string[]> = {};
      const look = (node: EditorNode) => {
        if (!node.valid) wrong[node.id] = node.validationErrors ?? [];
      };
      const { RED } = globalThis as unknown as EditorGlobals;
      RED.nodes.eachNode(look);
      RED.nodes.eachConfig(look);
      return wrong;
    });
  }

  /** Types of the configuration nodes, sorted: to see what is there twice. */
  configTypes(): Promise<string[]> {
    return this.page.evaluate(() => {
      const types: string[] = [];
      (globalThis as unknown as EditorGlobals).RED.nodes.eachConfig((node) => types.push(node.type));
      return types.sort();
    });
  }

  /** Ids of the flows by their names. */
  flows(): Promise<Record<string, string>> {
    return this.page.evaluate(() => {
      const flows: Record<string, string> = {};
      (globalThis as unknown as EditorGlobals).RED.nodes.eachWorkspace((flow) => {
        flows[flow.label] = flow.id;
      });
      return flows;
    });
  }

  /** What the editor holds for a node, saved or not. */
  setting(id: string, name: string): Promise<unknown> {
    return this.page.evaluate(([id, name]) => (globalThis as unknown as EditorGlobals).RED.nodes.node(id!)?.[name!], [id, name]);
  }

  async showFlow(id: string): Promise<void> {
    await this.page.evaluate((id) => (globalThis as unknown as EditorGlobals).RED.workspaces.show(id), id);
    await this.page.waitForFunction((id) => document.querySelector(`#red-ui-tab-${id}.active`), id.replaceAll('.', '-'));
    // the editor draws it in a turn of its own: it is there when all of it is, and nothing of the flow before
    await this.page.waitForFunction((id) => {
      const nodes: string[] = [];
      (globalThis as unknown as EditorGlobals).RED.nodes.eachNode((node) => {
        if (node['z'] === id) nodes.push(String(node['id']));
      });
      const drawn = [...document.querySelectorAll('#red-ui-workspace-chart g.red-ui-flow-node-group')].map((group) => group.id);
      return drawn.length === nodes.length && nodes.every((node) => drawn.includes(node));
    }, id);
  }

  /** Boxes of what the flow shows, in pixels of the canvas, to see whether things lie on top of each other. */
  drawn(): Promise<{ id: string; left: number; right: number; top: number; bottom: number; error: boolean }[]> {
    return this.page.evaluate(() => {
      const canvas = document.querySelector('#red-ui-workspace-chart > svg')!.getBoundingClientRect();
      return [...document.querySelectorAll<SVGGElement>('#red-ui-workspace-chart g.red-ui-flow-node-group')].map((group) => {
        const box = group.querySelector('.red-ui-flow-node')!.getBoundingClientRect();
        const [left, right] = [box.left - canvas.left, box.right - canvas.left];
        const [top, bottom] = [box.top - canvas.top, box.bottom - canvas.top];
        const mark = group.querySelector('.red-ui-flow-node-error');
        return { id: group.id, left, right, top, bottom, error: mark !== null && !mark.classList.contains('hide') };
      });
    });
  }

  /** Wires of the flow on the screen that run behind a node which they do not belong to. */
  wiresBehindNodes(): Promise<string[]> {
    return this.page.evaluate(() => {
      const { RED } = globalThis as unknown as EditorGlobals;
      const boxes: { id: string; name?: string; type: string; x: number; y: number; w: number; h: number }[] = [];
      RED.nodes.eachNode((node) => {
        if (node['z'] === RED.workspaces.active()) boxes.push(node as never);
      });
      const called = (id: string) => boxes.filter((box) => box.id === id).map(({ name, type }) => name || type)[0];
      const behind = new Set<string>();
      for (const group of document.querySelectorAll('#red-ui-workspace-chart .red-ui-flow-link')) {
        const { source, target } = (group as unknown as { __data__: { source: { id: string }; target: { id: string } } }).__data__;
        const line = group.querySelector<SVGPathElement>('path.red-ui-flow-link-line')!;
        for (let at = 0; at <= line.getTotalLength(); at += 3) {
          const { x, y } = line.getPointAtLength(at);
          for (const box of boxes) {
            const own = box.id === source.id || box.id === target.id;
            const inside = Math.abs(x - box.x) < box.w / 2 && Math.abs(y - box.y) < box.h / 2;
            if (inside && !own) behind.add(`${called(source.id)} → ${called(target.id)} behind ${called(box.id)}`);
          }
        }
      }
      return [...behind];
    });
  }

  /** Opens the form of a node; a configuration node's by its id too. */
  async openForm(id: string): Promise<void> {
    await this.page.evaluate((id) => {
      const { RED } = globalThis as unknown as EditorGlobals;
      const node = RED.nodes.node(id)!;
      if (node._def.category === 'config') RED.editor.editConfig('', node.type, id);
      else RED.editor.edit(node);
    }, id);
    await this.page.waitForSelector('.psconnect-form', { state: 'visible' });
  }

  async done(): Promise<void> {
    await this.leaveForm('ok');
  }

  async cancel(): Promise<void> {
    await this.leaveForm('cancel');
  }

  /** Presses the button of a node on the canvas: an inject node sends. */
  async press(id: string): Promise<void> {
    const answered = this.page.waitForResponse((response) => response.url().endsWith(`/inject/${id}`));
    await this.page.evaluate((id) => {
      const { RED } = globalThis as unknown as EditorGlobals;
      const node = RED.nodes.node(id)!;
      RED.workspaces.show(node['z'] as string);
      RED.view.clickNodeButton(node);
    }, id);
    await answered;
  }

  private async leaveForm(button: 'ok' | 'cancel'): Promise<void> {
    await this.page.click(`#node-dialog-${button}, #node-config-dialog-${button}`);
    await this.page.waitForSelector('.psconnect-form', { state: 'detached' });
  }

  async showSidebar(): Promise<void> {
    await this.page.evaluate(() => (globalThis as unknown as EditorGlobals).RED.sidebar.show('ps-connect'));
    await this.page.waitForSelector('psc-console', { state: 'visible' });
  }

  /** Draws the separators of the right sidebar so that the upper part has most of the height, and a comfortable width. */
  async giveSidebarRoom(width = 420): Promise<void> {
    const view = await this.page.locator('psc-console').boundingBox();
    const height = this.page.viewportSize()!.height;
    await this.drag('.red-ui-sidebar-section-separator .red-ui-sidebar-separator-handle', 0, height * 0.5);
    await this.drag('.red-ui-sidebar-separator > .red-ui-sidebar-separator-handle', (view?.width ?? width) - width, 0);
  }

  private async drag(selector: string, right: number, down: number): Promise<void> {
    const boxes = await Promise.all((await this.page.locator(selector).all()).map((handle) => handle.boundingBox()));
    const middle = this.page.viewportSize()!.width / 2;
    const box = boxes.find((each) => each !== null && each.width > 0 && each.x > middle)!;
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    const { mouse } = this.page;
    await mouse.move(x, y);
    await mouse.down();
    await mouse.move(x + right / 2, y + down / 2);
    await mouse.move(x + right, y + down);
    await mouse.up();
  }

  words(selector: string): Promise<string[]> {
    return wordsIn(this.page, selector);
  }

  /** Visible texts whose contrast is below 4.5 : 1 (WCAG 2.2, 1.4.3), with the contrast they have. */
  async faintTexts(selector: string): Promise<string[]> {
    return (await this.page.evaluate(textColors, selector))
      .map(({ text, color, backgrounds }) => ({ text, ratio: contrastRatio(color, backgrounds) }))
      .filter(({ ratio }) => ratio < 4.5)
      .map(({ text, ratio }) => `${ratio.toFixed(1)} ${text}`);
  }

  close(): Promise<void> {
    return this.page.close();
  }
}

/** Runs in the page. */
function flowsBeyond(count: number): boolean {
  let flows = 0;
  (globalThis as unknown as EditorGlobals).RED.nodes.eachWorkspace(() => {
    flows += 1;
  });
  return flows > count;
}

/** Everything readable in a part of the page, closed choices and shadow trees included. */
export function wordsIn(page: Page, selector: string): Promise<string[]> {
  return page.evaluate((selector) => {
    const found: string[] = [];
    const read = (node: Node): void => {
      if (node.nodeType === Node.TEXT_NODE && node.textContent?.trim()) found.push(node.textContent.trim());
      if (node instanceof Element) {
        if (['SCRIPT', 'STYLE'].includes(node.tagName)) return;
        for (const name of ['title', 'placeholder', 'aria-label']) {
          const text = node.getAttribute(name);
          if (text) found.push(text);
        }
        if (node.shadowRoot) node.shadowRoot.childNodes.forEach(read);
      }
      node.childNodes.forEach(read);
    };
    document.querySelectorAll(selector).forEach(read);
    return found;
  }, selector);
}

/** Texts that look like the name of a text: `label.name`, `status.ready`, `@psconnect/…:form.error`. */
export function untranslated(words: readonly string[]): string[] {
  return words.filter(
    (text) => /^(@[\w-]+\/[\w-]+.*:)?[a-z][A-Za-z]*(\.[A-Za-z0-9_-]+)+$/.test(text) && !/\.(com|json|test|csv)$/.test(text),
  );
}
