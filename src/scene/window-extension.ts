/** Stretches a channel's window over all light, however narrow it is: Viv draws none narrower than 0.0005. */
import { VivLayerExtension } from "@hms-dbmi/viv";

const contrast = {
  name: "window",
  inject: {
    "fs:DECKGL_PROCESS_INTENSITY": `\
intensity = max(0.0, (intensity - contrastLimits[0]) / max(1e-37, contrastLimits[1] - contrastLimits[0]));`,
  },
};

/** Goes before what makes colours of light. */
export class WindowExtension extends VivLayerExtension {
  static override readonly extensionName = "WindowExtension";

  override getVivShaderTemplates(): ReturnType<VivLayerExtension["getVivShaderTemplates"]> {
    return { modules: [contrast] };
  }
}
