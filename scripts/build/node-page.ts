import { areaColors, paletteCategory } from '../../declarations/area.ts';
import { systems } from '../../connectors/systems.ts';
import { credentialTypes } from '../../declarations/credential-types.ts';
import { plainName } from '../../declarations/field-of-system.ts';
import { type Field, isCredential, type NodeDeclaration } from '../../declarations/node-declaration.ts';
import { wordKey } from './catalogue.ts';
import { formRows } from './form-rows.ts';
import { helpScript } from './help.ts';

/**
 * The editor page of one node, `dist/<type>.html`. The type and its defaults stand in it as literals, because Node-RED's
 * scorecard parses the page and sees nothing else (node-red-dev, checknodes.js).
 */
export function nodePage(declaration: NodeDeclaration, packageName: string, help: string): string {
  return `${registration(declaration, packageName)}
<script type="text/html" data-template-name="${declaration.type}">
<div class="psconnect-form">
${formRows(declaration, packageName)}
</div>
</script>

${helpScript(declaration.type, help)}
`;
}

/** The page of a type that another has succeeded: its nodes are loaded, to become that one (`nodes/editor/upgrade.ts`). */
export function registration(declaration: NodeDeclaration, packageName: string): string {
  return `<script type="text/javascript">
(function () {
  (window.PSConnectDeclarations = window.PSConnectDeclarations || {})[${JSON.stringify(declaration.type)}] = ${inScript(JSON.stringify(withAble(declaration)))};
  RED.nodes.registerType(${JSON.stringify(declaration.type)}, ${definition(declaration, packageName)});
})();
</script>
`;
}

/** The declaration, and with each field for a connection the systems that can do what is asked of them: the page knows no systems. */
function withAble(declaration: NodeDeclaration): object {
  const fields = declaration.fields.map((field) =>
    field.kind === 'config' && field.can
      ? {
          ...field,
          able: systems.filter(({ does }) => field.can?.some((id) => does.includes(id))).map(({ name, title }) => ({ name, title })),
        }
      : field,
  );
  return { ...declaration, fields };
}

function definition(declaration: NodeDeclaration, packageName: string): string {
  const { type, area } = declaration;
  const fields = declaration.fields.filter((field) => !isCredential(field));
  const credentials = Object.entries(credentialTypes(declaration));
  const withCredentials = credentials.length > 0;

  const lines = [
    `category: ${JSON.stringify(declaration.config ? 'config' : paletteCategory(area))}`,
    `color: ${JSON.stringify(areaColors[area])}`,
    `defaults: {\n${fields.flatMap((field) => defaultLines(field, declaration, packageName)).join(',\n')}\n    }`,
    ...(withCredentials ? [`credentials: {\n${credentials.map(credentialLine).join(',\n')}\n    }`] : []),
    ...(declaration.config ? [] : [`inputs: ${declaration.inputs}`, `outputs: ${declaration.outputs}`]),
    `icon: ${JSON.stringify(`${type}.svg`)}`,
    `paletteLabel: function () { return this._("node.label"); }`,
    `label: function () { return this.name || this._("node.label"); }`,
    `labelStyle: function () { return this.name ? "node_label_italic" : ""; }`,
    ...(declaration.outputs > 1 ? [`outputLabels: function (index) { return this._("output." + (index + 1)); }`] : []),
    `oneditprepare: function () { PSConnect.prepare(this); }`,
    `oneditsave: function () { PSConnect.close(this); }`,
    `oneditcancel: function () { PSConnect.close(this); }`,
    ...(declaration.config ? [`oneditdelete: function () { PSConnect.close(this); }`] : []),
  ];
  return `{\n    ${lines.join(',\n    ')}\n  }`;
}

function defaultLines(field: Field, declaration: NodeDeclaration, packageName: string): string[] {
  const { name } = field;
  if (field.kind === 'config') {
    const key = wordKey('label', field, packageName);
    const label = key.includes(':') ? key : `${packageName}/${declaration.type}:${key}`;
    const offered = field.can
      ? `, filter: function (config) { return PSConnect.isAble(${JSON.stringify(declaration.type)}, ${JSON.stringify(name)}, config); }`
      : '';
    // one that is needed at times only is looked at by the pack: Node-RED would miss it always, or, where it is said that it is not required, never
    const needed = field.required && field.when ? '' : `required: ${field.required === true}, `;
    const rule = field.can || field.when ? `, ${validator(name)}` : '';
    return [
      `      ${name}: { value: "", type: ${JSON.stringify(field.type)}, ${needed}label: RED._(${JSON.stringify(label)})${offered}${rule} }`,
    ];
  }
  if (field.kind === 'typed') {
    return [
      `      ${name}: { value: ${JSON.stringify(field.default.value)}, ${validator(name)} }`,
      `      ${name}Type: { value: ${JSON.stringify(field.default.type)} }`,
    ];
  }
  const value = 'default' in field ? field.default : '';
  const rule = plainName(field) === 'environment' ? validator(name, 'validateSecrets') : validator(name);
  return [`      ${name}: { value: ${JSON.stringify(value ?? '')}, ${rule} }`];
}

function credentialLine([name, { type }]: [string, { type: string }]): string {
  return `      ${name}: { type: ${JSON.stringify(type)}, ${validator(name)} }`;
}

/** Two parameters tell Node-RED that the answer may be a text (editor-client, ui/editor.js, validateNodeProperty). */
function validator(name: string, rule = 'validate'): string {
  return `validate: function (value, options) { return PSConnect.${rule}(this, ${JSON.stringify(name)}, value); }`;
}

/** JSON that cannot end the script it stands in. */
function inScript(json: string): string {
  return json.replaceAll('</', '<\\/');
}
