using NodaTime;
using WhatsSession.Time;

namespace WhatsSession.Uploads;

/// <summary>What a request that Meta refused, of an upload or of the message itself, makes of the send.</summary>
internal static class RefusedRequest
{
    /// <summary>The outcome of a send whose last try was refused.</summary>
    /// <param name="error">Why.</param>
    /// <param name="retryAfter">What Meta asked for; null when it named no time.</param>
    /// <param name="now">The moment.</param>
    /// <param name="fallback">The template that was sent in place of the message; null when it was the message itself.</param>
    public static SendOutcome ToOutcome(GraphError error, TimeSpan? retryAfter, Instant now, TemplateMessage? fallback) =>
        error.Category == GraphErrorCategory.RateLimited
            ? new SendOutcome.Throttled { RetryAt = now + Duration.FromTimeSpan(retryAfter ?? RetryDelays.Default), Template = fallback }
            : new SendOutcome.Rejected { Error = error, Template = fallback };
}
