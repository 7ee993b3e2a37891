using System.Text.Json;
using System.Text.Json.Serialization;

namespace WhatsSession.Core.Tests.Json;

/// <summary>As an application with Native AOT has it, in an assembly of its own.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(WindowStatus))]
[JsonSerializable(typeof(ConversationSnapshot))]
[JsonSerializable(typeof(ConversationState))]
[JsonSerializable(typeof(FreeEntryPoint))]
[JsonSerializable(typeof(AnswerTimes))]
[JsonSerializable(typeof(MessageDelivery))]
[JsonSerializable(typeof(DeliveryFailure))]
[JsonSerializable(typeof(DeliveryMark))]
[JsonSerializable(typeof(MessagingRestriction))]
[JsonSerializable(typeof(GraphError))]
[JsonSerializable(typeof(WindowFacts))]
[JsonSerializable(typeof(CallbackParts))]
[JsonSerializable(typeof(SendPolicy))]
[JsonSerializable(typeof(Violation))]
[JsonSerializable(typeof(IdentityLink))]
[JsonSerializable(typeof(CustomerId))]
[JsonSerializable(typeof(ConversationKey))]
[JsonSerializable(typeof(IntentId))]
[JsonSerializable(typeof(TemplateStatus))]
[JsonSerializable(typeof(SendOutcome))]
[JsonSerializable(typeof(SendOutcome.Accepted))]
[JsonSerializable(typeof(SendOutcome.TemplateSent))]
[JsonSerializable(typeof(SendOutcome.WindowClosed))]
[JsonSerializable(typeof(SendOutcome.OptedOut))]
[JsonSerializable(typeof(SendOutcome.Invalid))]
[JsonSerializable(typeof(SendOutcome.Throttled))]
[JsonSerializable(typeof(SendOutcome.Rejected))]
[JsonSerializable(typeof(SendOutcome.Ambiguous))]
[JsonSerializable(typeof(TemplateMessage))]
[JsonSerializable(typeof(TemplateDefinition))]
[JsonSerializable(typeof(Dictionary<CustomerId, WindowStatus>))]
internal sealed partial class GeneratedJson : JsonSerializerContext;
