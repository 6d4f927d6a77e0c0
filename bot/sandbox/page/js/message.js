/** Reading a Message as the server stores it: who, what, in one line. Nothing here touches the DOM. */

export const PALETTE = ["#c03d33", "#3d7a2e", "#a8621b", "#2f6ea5", "#7b4fa3", "#0e7c86", "#b0396c"];

/** @param {number} id */
export const colourOf = (id) => PALETTE[Math.abs(Number(id) || 0) % PALETTE.length];

export const nameOf = (user) => [user?.first_name, user?.last_name].filter(Boolean).join(" ") || user?.title || "?";

/** Anonymous administrators speak as the chat itself. @returns {{id: number, name: string, bot: boolean}} */
export function senderOf(message) {
  const from = message.sender_chat ?? message.from ?? {};
  return { id: from.id ?? 0, name: nameOf(from), bot: Boolean(from.is_bot) };
}

/** @returns {{url: string, width: number, height: number}|null} the largest size */
export function photoOf(message) {
  const sizes = message.photo;
  if (!sizes?.length && !message.photo_url) return null;
  const best = sizes?.at(-1) ?? {};
  return {
    url: message.photo_url ?? `/sandbox/files/${encodeURIComponent(best.file_unique_id)}`,
    width: best.width ?? 4,
    height: best.height ?? 3,
  };
}

export const seconds = (total = 0) => `${Math.floor(total / 60)}:${String(Math.round(total) % 60).padStart(2, "0")}`;

// First match wins: a venue also carries its location.
const KINDS = [
  ["venue", (m) => `📍 ${m.venue.title}`],
  ["location", (m) => (m.location.live_period ? "📍 实时位置" : "📍 位置")],
  ["photo", (m) => `📷 ${m.caption ?? "照片"}`],
  ["photo_url", (m) => `📷 ${m.caption ?? "照片"}`],
  ["voice", () => "🎤 语音"],
  ["video", (m) => `🎬 ${m.caption ?? "视频"}`],
  ["document", (m) => `📄 ${m.document.file_name ?? "文件"}`],
  ["sticker", (m) => `${m.sticker.emoji ?? ""} 贴纸`],
  ["contact", (m) => `👤 ${nameOf(m.contact)}`],
];

/** The message in one line, for quotes and the pinned bar. */
export function summaryOf(message) {
  if (message?.text) return message.text;
  const kind = KINDS.find(([key]) => message?.[key]);
  return kind ? kind[1](message) : message?.caption ?? "消息";
}

const names = (users) => users.map(nameOf).join("、");

const SERVICE = {
  new_chat_members: (m) => `${names(m.new_chat_members)} 加入了群`,
  left_chat_member: (m) => `${nameOf(m.left_chat_member)} 离开了群`,
  new_chat_title: (m) => `群名改为“${m.new_chat_title}”`,
  pinned_message: (m) => `${senderOf(m).name} 置顶了“${summaryOf(m.pinned_message).slice(0, 30)}”`,
  migrate_to_chat_id: () => "群已升级为超级群",
  migrate_from_chat_id: () => "群已升级为超级群",
  group_chat_created: () => "群已创建",
  supergroup_chat_created: () => "群已创建",
  forum_topic_created: (m) => `新话题“${m.forum_topic_created.name}”`,
  forum_topic_closed: () => "话题已关闭",
  forum_topic_reopened: () => "话题已重新打开",
  delete_chat_photo: () => "群头像已删除",
};

/** @returns {string|null} the line of a service message; null for an ordinary one */
export function serviceText(message) {
  const key = Object.keys(SERVICE).find((name) => message[name]);
  return key ? SERVICE[key](message) : null;
}
