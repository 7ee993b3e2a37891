using System.Collections.Concurrent;

namespace WhatsSession.Emulator;

/// <summary>Who gets which webhook: for the field <c>messages</c> the number's own callback, else its account's; else the app's.</summary>
/// <remarks>https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/override, read 10 March 2026.</remarks>
internal sealed class WebhookRoutes
{
    private readonly ConcurrentDictionary<string, HttpTarget> _overrides = new(StringComparer.Ordinal);
    private volatile IWebhookTarget? _app;

    public IWebhookTarget? App
    {
        get => _app;
        set => _app = value;
    }

    /// <param name="id">Of a number or an account.</param>
    /// <param name="target">Null for none of its own.</param>
    public void Override(string id, HttpTarget? target)
    {
        if (target is null)
        {
            _overrides.TryRemove(id, out _);
        }
        else
        {
            _overrides[id] = target;
        }
    }

    public Uri? OverrideOf(string id) => _overrides.GetValueOrDefault(id)?.Url;

    public IWebhookTarget? Find(WebhookItem item)
    {
        if (_overrides.IsEmpty || item.Field is not WebhookItem.Messages)
        {
            return _app;
        }

        return item.Number is { } number && _overrides.TryGetValue(number.Id, out var target) || _overrides.TryGetValue(item.AccountId, out target) ? target : _app;
    }
}
