/** Looks of channels under names: kept, and taken by every image whose channels are named so. */
import { useRef, useState } from "react";
import { applyPreset, presetsOf, removePreset, savePreset } from "../../state/channel-looks.ts";
import { notify } from "../../state/notices.ts";
import { useSession } from "../session-context.ts";
import { useIsOpen } from "../use-popover.ts";

export function ChannelPresets() {
  const popover = useRef<HTMLDivElement>(null);
  const isOpen = useIsOpen(popover);
  return (
    <>
      <button type="button" className="quiet small presets-button" popoverTarget="channel-presets">
        Presets
      </button>
      <div
        id="channel-presets"
        popover="auto"
        role="dialog"
        aria-label="Channel presets"
        className="popover channel-presets"
        ref={popover}
      >
        {isOpen && <Presets onDone={() => popover.current?.hidePopover()} />}
      </div>
    </>
  );
}

function Presets({ onDone }: { readonly onDone: () => void }) {
  const session = useSession();
  const [presets, setPresets] = useState(() => presetsOf(session));
  const [name, setName] = useState("");
  return (
    <>
      {presets.length === 0 && (
        <p className="soft">
          Keep how the channels look now, and give it to other images whose channels have the same
          names.
        </p>
      )}
      {presets.map((preset) => (
        <div key={preset.name} className="line">
          <button
            type="button"
            className="quiet preset"
            title={[...preset.looks.keys()].join(", ")}
            onClick={() => {
              const met = applyPreset(session, preset);
              const names = [...preset.looks.keys()].join(", ");
              if (met === 0)
                notify(session.notices, "warning", `No channel here is named ${names}`);
              onDone();
            }}
          >
            {preset.name}
          </button>
          <button
            type="button"
            className="quiet small"
            aria-label={`Delete preset ${preset.name}`}
            onClick={() => {
              removePreset(session, preset.name);
              setPresets(presetsOf(session));
            }}
          >
            ✕
          </button>
        </div>
      ))}
      <form
        className="line"
        onSubmit={(event) => {
          event.preventDefault();
          if (!name.trim()) return;
          savePreset(session, name.trim());
          onDone();
        }}
      >
        <input
          aria-label="Name of the preset"
          placeholder="Name"
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <button type="submit" disabled={!name.trim()}>
          Save
        </button>
      </form>
    </>
  );
}
