import type { NodeDeclaration } from '../../declarations/node-declaration.ts';
import { isApiName, methodOf, offerOf } from '../../declarations/offer.ts';
import { isActive, type ReadField } from './field-rules.ts';
import { chooseOnly } from './connection-list.ts';
import { $, type EditorNode, RED, words } from './node-red-editor.ts';
import { bindNote } from './form-note.ts';
import { fieldElement, reader } from './open-form.ts';

type DeclarationOf = (type: string) => NodeDeclaration | undefined;

/** How a node is called, and at which path below the root of business APIs; undefined = it is not offered, or is at no address. */
function addressIn(declaration: NodeDeclaration, read: ReadField): { method: string; path: string } | undefined {
  const field = declaration.fields.find(({ kind }) => kind === 'api-name');
  const offer = offerOf(declaration, read);
  if (!field || !offer || !isActive(declaration, field, read)) return undefined;
  const name = String(read(field.name) ?? '').trim();
  return isApiName(name) ? { method: methodOf(offer), path: `v${Number(read('apiVersion') ?? 1)}/${name}` } : undefined;
}

/** What another node is called that is offered at the address of this one, if there is one. */
export function holderOfAddress(node: EditorNode, declarationOf: DeclarationOf): string | undefined {
  const own = addressOf(node, declarationOf);
  if (!own) return undefined;
  let holder: string | undefined;
  RED.nodes.eachNode((other) => {
    if (other.id === node.id || other['d'] === true || isOnDisabledTab(other)) return;
    if (addressOf(other, declarationOf) === own) holder ??= String(other['name'] || other._('node.label'));
  });
  return holder;
}

function addressOf(node: EditorNode, declarationOf: DeclarationOf): string | undefined {
  if (node.type === 'business-api-in') return `${String(node['httpMethod'])} v${Number(node['apiVersion'])}/${String(node['path'])}`;
  const declaration = declarationOf(node.type);
  const address = declaration && addressIn(declaration, reader(node, declaration));
  return address && `${address.method} ${address.path}`;
}

const isOnDisabledTab = ({ z }: EditorNode): boolean => RED.nodes.workspace(String(z ?? ''))?.disabled === true;

/** The switch of an open form: with it comes the only access that there is, and the address that callers are to be given. */
export function bindOffer(node: EditorNode, declaration: NodeDeclaration): void {
  const [offered, access, name] = ['offered', 'access', 'apiName'].map((field) => fieldElement(node, field));
  if (!declaration.offers || !offered || !access || !name) return;
  const choose = () => {
    if (offered.checked) chooseOnly(access);
  };
  $(offered).on('change', choose);
  choose();
  const show = bindNote(name, () => {
    const address = addressIn(declaration, reader(node, declaration));
    const root = String(RED.settings.httpNodeRoot ?? '/').replace(/^\/|\/$/g, '');
    const at = `${location.origin}${root && `/${root}`}/business/`;
    return address ? words('form.calls', { method: address.method, address: `${at}${address.path}` }) : '';
  });
  for (const { name: other } of declaration.fields) {
    const element = other === 'apiName' ? undefined : fieldElement(node, other);
    if (element) $(element).on('change', show);
  }
}
