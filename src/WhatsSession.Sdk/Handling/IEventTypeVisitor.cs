namespace WhatsSession.Handling;

/// <summary>Called with each type of <see cref="EventTypes"/> as a type argument, which is what trimming and native compilation can follow.</summary>
internal interface IEventTypeVisitor
{
    void Visit<TEvent>()
        where TEvent : WhatsAppEvent;
}
