namespace WhatsSession;

/// <summary>The closed list of the event types, bases included: what a handler class is tested against, without reflection over types.</summary>
internal static class EventTypes
{
    /// <summary>Calls the visitor with every type, general ones first.</summary>
    public static void Visit(IEventTypeVisitor visitor)
    {
        visitor.Visit<WhatsAppEvent>();
        visitor.Visit<MessageReceived>();
        visitor.Visit<TextReceived>();
        visitor.Visit<MediaReceived>();
        visitor.Visit<ImageReceived>();
        visitor.Visit<VideoReceived>();
        visitor.Visit<AudioReceived>();
        visitor.Visit<DocumentReceived>();
        visitor.Visit<StickerReceived>();
        visitor.Visit<ButtonReplied>();
        visitor.Visit<ListReplied>();
        visitor.Visit<UnknownMessage>();
        visitor.Visit<DeliveryUpdated>();
        visitor.Visit<WindowClosing>();
        visitor.Visit<UnknownEvent>();
    }
}
