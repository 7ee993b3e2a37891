namespace WhatsSession.Uploads;

/// <summary>What makes two uploads the same.</summary>
/// <param name="Number">The business number, which the id belongs to.</param>
/// <param name="Digest">The SHA-256 of the content.</param>
/// <param name="MimeType">The MIME type that Meta was told.</param>
internal readonly record struct UploadKey(PhoneNumberId Number, string Digest, string MimeType);
