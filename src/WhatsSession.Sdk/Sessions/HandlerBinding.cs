namespace WhatsSession;

/// <summary>A handler as it was registered: its name, the events it takes and the code to call.</summary>
internal abstract class HandlerBinding(string name)
{
    /// <summary>What its completion is noted under, across restarts.</summary>
    public string Name { get; } = name;

    /// <summary>How long before closing it wants to be told; null for events other than alerts.</summary>
    public virtual TimeSpan? AlertLead => null;

    public abstract bool Accepts(WhatsAppEvent received);

    public abstract Task InvokeAsync(WhatsAppEvent received, BusinessNumber? number, WhatsSessionSettings settings, IServiceProvider services, int attempt, CancellationToken cancellationToken);
}

/// <inheritdoc />
internal class HandlerBinding<TEvent>(string name, Func<Received<TEvent>, CancellationToken, Task> handler) : HandlerBinding(name)
    where TEvent : WhatsAppEvent
{
    public override bool Accepts(WhatsAppEvent received) => received is TEvent;

    public override Task InvokeAsync(WhatsAppEvent received, BusinessNumber? number, WhatsSessionSettings settings, IServiceProvider services, int attempt, CancellationToken cancellationToken) =>
        handler(new Received<TEvent>((TEvent)received, number, settings, services, attempt), cancellationToken);
}

/// <summary>A handler of alerts of one lead.</summary>
internal sealed class WindowClosingBinding(string name, TimeSpan lead, Func<Received<WindowClosing>, CancellationToken, Task> handler)
    : HandlerBinding<WindowClosing>(name, handler)
{
    public override TimeSpan? AlertLead => lead;

    public override bool Accepts(WhatsAppEvent received) => received is WindowClosing closing && closing.Lead.ToTimeSpan() == lead;
}
