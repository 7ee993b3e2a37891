using NodaTime;

namespace WhatsSession.Uploads;

/// <summary>How the contents of a message are uploaded.</summary>
/// <param name="Deadline">How long to wait in all for tries after refusals. The time in which content moves does not count.</param>
/// <param name="KeepFor">How long the ids must live: the time for which the message may be held.</param>
internal readonly record struct UploadTerms(TimeSpan Deadline, Duration KeepFor);
