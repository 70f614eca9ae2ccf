// A form: what a button asks for before it is pressed.
import { fitToWidth, textWidth } from '../../base/text-width.ts';
import type { ButtonRow } from '../button-rows.ts';
import type { Theme } from '../theme.ts';
import type { Box, BoxRow } from './box.ts';
import { type Span, viewOfField } from './spans.ts';

export interface FormProps {
  readonly button: ButtonRow;
  readonly values: Readonly<Record<string, string | boolean>>;
  /** Index of the field that is typed in. */
  readonly field: number;
  /** Where the cursor is in it. */
  readonly at: number;
  readonly confirmKey: string;
}

const fieldColumns = 40;

export function formBox(props: FormProps, theme: Theme): Box {
  const { button } = props;
  const labels = button.inputs.map(input => input.label || input.name);
  const labelColumns = Math.max(0, ...labels.map(textWidth)) + 2;
  const rows = button.inputs.map((_, i) => fieldRow(props, { index: i, label: labels[i]!, labelColumns }, theme));
  const enter = button.needsConfirmation ? props.confirmKey : 'enter';
  const foot: BoxRow[] = [
    { spans: [] },
    {
      spans: [
        { text: enter, style: theme.ui.key, press: enter },
        { text: ` ${button.needsConfirmation ? 'yes, do it' : 'press'}   `, style: theme.ui.hint, press: enter },
        ...(rows.length > 1
          ? [
              { text: 'tab', style: theme.ui.key, press: 'tab' },
              { text: ' next   ', style: theme.ui.hint, press: 'tab' },
            ]
          : []),
        { text: 'esc', style: theme.ui.key, press: 'esc' },
        { text: ' leave', style: theme.ui.hint, press: 'esc' },
      ],
    },
  ];
  const whose = button.resource === '' ? button.text : `${button.resource}: ${button.text}`;
  const asked: BoxRow[] = button.needsConfirmation
    ? [{ spans: [{ text: `Do it? ${button.text}`, style: theme.ui.text }] }]
    : [];
  return { title: whose, head: rows.length === 0 ? asked : [], rows, foot, wishWidth: labelColumns + fieldColumns };
}

function fieldRow(
  { button, values, field, at }: FormProps,
  row: { readonly index: number; readonly label: string; readonly labelColumns: number },
  theme: Theme,
): BoxRow {
  const input = button.inputs[row.index]!;
  const isHere = row.index === field;
  const label: Span = {
    text: fitToWidth(row.label, row.labelColumns),
    style: isHere ? theme.ui.accent : theme.ui.muted,
  };
  const value = values[input.name];
  if (input.bool || input.choice) {
    const shown = input.choice
      ? String(value)
      : value === true
        ? input.bool?.trueString || 'yes'
        : input.bool?.falseString || 'no';
    return {
      item: row.index,
      spans: [
        label,
        { text: isHere ? `< ${shown} >` : `  ${shown}`, style: theme.ui.text },
        ...(isHere ? [{ text: '   space changes it', style: theme.ui.hint }] : []),
      ],
    };
  }
  const text = String(value ?? '');
  const view = viewOfField({ text, at: isHere ? at : text.length }, fieldColumns - 1, theme.glyphs.ellipsis);
  const placeholder = input.text?.placeholder ?? '';
  return {
    item: row.index,
    ...(isHere ? { cursorColumn: row.labelColumns + view.cursorColumn } : {}),
    spans: [
      label,
      { text: text === '' ? placeholder : view.text, style: text === '' ? theme.ui.muted : theme.ui.input },
    ],
  };
}
