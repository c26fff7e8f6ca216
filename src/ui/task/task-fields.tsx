/** A task's parameters, in the order of its schema; what is seldom needed is folded away. */
import { type ReactNode, useState } from "react";
import type { Image } from "../../ome/multiscale.ts";
import { topLabel } from "../../state/labels.ts";
import { changeParam, defaultsOf, fieldsOf, paramsIn } from "../../state/task-form.ts";
import type { Field } from "../../tasks/fields.ts";
import { useSession, useTaskForm, useView } from "../session-context.ts";
import { TaskField } from "./task-field.tsx";

export function TaskFields({ image }: { readonly image: Image }) {
  const session = useSession();
  const form = useTaskForm((state) => state);
  const label = useView(topLabel);
  const params = paramsIn(form, { image, label });
  const fields = Object.entries(fieldsOf(form.task)).filter(([, field]) => isShown(field, params));
  const defaults = defaultsOf(form.task);
  const drawn = ([name, field]: readonly [string, Field]): ReactNode => (
    <TaskField
      key={`${form.task} ${name}`}
      field={field}
      value={params[name]}
      image={image}
      onChange={(value) => changeParam(session.taskForm, name, value)}
    />
  );
  const advanced = fields.filter(([, { isAdvanced }]) => isAdvanced);
  // What a recipe has set must be seen.
  const isSet = advanced.some(
    ([name]) => JSON.stringify(params[name]) !== JSON.stringify(defaults[name]),
  );
  return (
    <>
      <div className="two">{fields.filter(([, { isAdvanced }]) => !isAdvanced).map(drawn)}</div>
      {advanced.length > 0 && <More isSet={isSet}>{advanced.map(drawn)}</More>}
    </>
  );
}

function More({ isSet, children }: { readonly isSet: boolean; readonly children: ReactNode }) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <details
      className="more"
      open={isOpen || isSet}
      onToggle={(event) => setIsOpen(event.currentTarget.open)}
    >
      <summary>More options</summary>
      <div className="two">{children}</div>
    </details>
  );
}

function isShown({ when }: Field, params: Readonly<Record<string, unknown>>): boolean {
  if (when === undefined) return true;
  const value = JSON.stringify(params[when.param]);
  return when.is.some((one) => JSON.stringify(one) === value);
}
